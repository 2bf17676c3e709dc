using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Cli.Backups;

/// <summary>Options that say where backups are and which key they have.</summary>
internal sealed class BackupStoreOptions
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "data folder of the agent",
        DefaultValueFactory = _ => "data",
        HelpName = "DIR",
    };

    private readonly Option<string?> _store = new("--store")
    {
        Description = "folder of the backups, or s3://BUCKET[/PREFIX] (credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile); default DIR/backups",
        HelpName = "PLACE",
    };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "address of an S3 server other than Amazon's", HelpName = "URL" };

    private readonly Option<string> _region = new("--region") { Description = "region of the S3 server", DefaultValueFactory = _ => new ObjectStoreOptions().Region };

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"file with the key of the backups; the environment variable {BackupKey.Variable} takes precedence",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _data, _store, _endpoint, _region, _keyFile })
        {
            command.Options.Add(option);
        }
    }

    public string DataOf(ParseResult arguments) => Path.GetFullPath(arguments.GetValue(_data)!);

    /// <summary>Opens the store; the caller closes it.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public IObjectStore Open(ParseResult arguments)
    {
        var place = arguments.GetValue(_store);
        var isS3 = StorePlace.IsS3(place);
        if (!isS3 && arguments.GetValue(_endpoint) is not null)
        {
            throw new UsageException("--endpoint needs --store s3://BUCKET[/PREFIX]");
        }

        var data = DataOf(arguments);
        var options = isS3 ? StorePlace.OfS3(place!, arguments.GetValue(_endpoint), arguments.GetValue(_region)!) : new ObjectStoreOptions { Path = place };
        return ObjectStores.Open(options, Path.Combine(data, "backups"), isPrivate: true);
    }

    public BackupArchive Archive(IObjectStore store, ParseResult arguments)
    {
        var data = DataOf(arguments);
        var staging = Directory.Exists(data) ? data : Path.GetTempPath();
        return new BackupArchive(store, BackupKey.Find(arguments.GetValue(_keyFile)), staging, TimeProvider.System);
    }
}
