using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Cli.Histories;

/// <summary>Options for a history in TimescaleDB or PostgreSQL. A password is never an argument: other users see those.</summary>
internal sealed class ServerOptions
{
    /// <summary>The agent's setting, as the environment has it.</summary>
    private const string Setting = "History__Timescale__ConnectionString";

    private const int PasswordBytesMax = 4096;

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"ask the server instead of the files: Host=db;Database=btcagent;Username=analyst; without a value, {Setting} of the environment",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "file with the password; or PGPASSWORD in the environment",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_passwordFile);
    }

    /// <summary>The connection string; null when the files are to be asked.</summary>
    /// <exception cref="UsageException">It is missing, malformed, or has a password.</exception>
    public string? ConnectionStringOf(ParseResult arguments)
    {
        if (arguments.GetResult(_server) is null)
        {
            return arguments.GetResult(_passwordFile) is null ? null : throw new UsageException("--password-file is for --server: give that, too");
        }

        var given = arguments.GetValue(_server);
        var text = given ?? Environment.GetEnvironmentVariable(Setting);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UsageException($"--server: give Host=…;Database=…;Username=…, or set {Setting} in the environment");
        }

        try
        {
            var parts = PostgresConnection.Parse(text);
            if (given is not null && parts.Password is not null)
            {
                throw new UsageException("--server has a password, which every user of this machine can see: give it by --password-file or PGPASSWORD");
            }

            parts.Password = PasswordOf(arguments.GetValue(_passwordFile)) ?? parts.Password;
            return parts.ConnectionString;
        }
        catch (PostgresStoreException e)
        {
            throw new UsageException($"--server: {e.Message}");
        }
    }

    private static string? PasswordOf(string? file)
    {
        if (file is null)
        {
            return null;
        }

        if (!File.Exists(file) || new FileInfo(file).Length > PasswordBytesMax)
        {
            throw new UsageException($"--password-file: '{file}' is not a file of at most {PasswordBytesMax} bytes");
        }

        return File.ReadLines(file).FirstOrDefault(line => line.Length > 0)
            ?? throw new UsageException($"--password-file: '{file}' is empty");
    }
}
