using System.CommandLine;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Output;
using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Cli.Histories;

/// <summary>Options that say where a history's files are: in a folder, or in a bucket with a bounded cache on this machine.</summary>
internal sealed class HistoryPlaceOptions
{
    private const int CacheMbMax = 1_048_576;
    private const int CacheMbDefault = 4_096;

    private readonly Option<string> _data = HistoryFolderOption.Create();

    private readonly Option<string?> _store = new("--store")
    {
        Description = "s3://BUCKET[/PREFIX] of History:Parquet:Store instead of a folder (credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile)",
        HelpName = "PLACE",
    };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "address of an S3 server other than Amazon's", HelpName = "URL" };

    private readonly Option<string> _region = new("--region") { Description = "region of the S3 server", DefaultValueFactory = _ => new ObjectStoreOptions().Region };

    private readonly Option<string> _cache = new("--cache")
    {
        Description = "folder for copies of the bucket's files",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "btcagent", "history-cache"),
    };

    private readonly Option<int> _cacheMb = new("--cache-mb") { Description = "most MiB of these copies", DefaultValueFactory = _ => CacheMbDefault };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _data, _store, _endpoint, _region, _cache, _cacheMb })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Where the files are, for people.</summary>
    public string PlaceOf(ParseResult arguments) => arguments.GetValue(_store) ?? HistoryFolderOption.Resolve(arguments.GetValue(_data)!);

    /// <summary>Returns the function that reads the manifests as they are when it is called.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public Func<CancellationToken, Task<HistoryFiles>> Reader(ParseResult arguments)
    {
        var place = arguments.GetValue(_store);
        if (place is null)
        {
            var folder = HistoryFolderOption.Resolve(arguments.GetValue(_data)!);
            return arguments.GetValue(_endpoint) is null
                ? cancellationToken => HistoryFiles.ReadAsync(folder, cancellationToken)
                : throw new UsageException("--endpoint needs --store s3://BUCKET[/PREFIX]");
        }

        if (!StorePlace.IsS3(place))
        {
            throw new UsageException($"--store: '{place}' is not s3://BUCKET[/PREFIX]; a folder is --data");
        }

        var mib = arguments.GetValue(_cacheMb);
        if (mib is < 1 or > CacheMbMax)
        {
            throw new UsageException(FormattableString.Invariant($"--cache-mb is {mib}: give 1 to {CacheMbMax}"));
        }

        var options = StorePlace.OfS3(place, arguments.GetValue(_endpoint), arguments.GetValue(_region)!);
        var cache = arguments.GetValue(_cache)!;
        return cancellationToken => ReadAsync(options, cache, mib, cancellationToken);
    }

    private static async Task<HistoryFiles> ReadAsync(ObjectStoreOptions options, string cache, int mib, CancellationToken cancellationToken)
    {
        try
        {
            var store = ObjectStores.Open(options, "");
            return await HistoryFiles.ReadAsync(store, new ObjectCache(store, cache, mib * 1_048_576L, TimeProvider.System), cancellationToken);
        }
        catch (ObjectStoreException e)
        {
            throw new HistoryException(e.Message, e);
        }
    }
}
