using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Replays;

/// <summary>Options for the place of a trained model's artefact, in addition to <c>--model</c>.</summary>
internal sealed class ArtefactOptions
{
    /// <summary>Environment variable with the connection string, shared with the agent's processes.</summary>
    public const string PostgresVariable = "Cluster__Postgres";

    private readonly Option<string?> _folder = new("--models") { Description = "a folder of artefacts; the one with the recorded hash is used" };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = $"connection string of the cluster's PostgreSQL, which stores its models; default {PostgresVariable} of the environment",
    };

    private readonly Option<bool> _another = new("--another-model")
    {
        Description = "use the --model even if its hash differs from the recorded one, to see where its decision diverges",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _folder, _postgres, _another })
        {
            command.Options.Add(option);
        }
    }

    /// <param name="arguments">Parsed arguments.</param>
    /// <param name="file">Path of <c>--model</c>; null for none.</param>
    /// <exception cref="UsageException"><c>--another-model</c> is set without <c>--model</c>.</exception>
    public ArtefactPlaces Of(ParseResult arguments, string? file)
    {
        var another = arguments.GetValue(_another);
        if (another && file is null)
        {
            throw new UsageException("--another-model needs --model with an artefact");
        }

        var postgres = arguments.GetValue(_postgres) ?? Environment.GetEnvironmentVariable(PostgresVariable);
        return new ArtefactPlaces(file, arguments.GetValue(_folder), string.IsNullOrWhiteSpace(postgres) ? null : postgres, another);
    }
}
