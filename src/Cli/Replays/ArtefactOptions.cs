using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Replays;

/// <summary>The options that say where a trained model's artefact is, beside <c>--model</c>.</summary>
internal sealed class ArtefactOptions
{
    /// <summary>Environment variable that the agent's processes take the connection string from too.</summary>
    public const string PostgresVariable = "Cluster__Postgres";

    private readonly Option<string?> _folder = new("--models") { Description = "a folder of artefacts; that of the recorded hash is taken" };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = $"connection string of the cluster's PostgreSQL, which keeps its models; else {PostgresVariable} of the environment",
    };

    private readonly Option<bool> _another = new("--another-model")
    {
        Description = "take the --model though its hash is not the recorded one, to see where its decision diverges",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _folder, _postgres, _another })
        {
            command.Options.Add(option);
        }
    }

    /// <param name="arguments">Parsed.</param>
    /// <param name="file">That <c>--model</c> gives; null for none.</param>
    /// <exception cref="UsageException">Another model is to be taken and none is given.</exception>
    public ArtefactPlaces Of(ParseResult arguments, string? file)
    {
        var another = arguments.GetValue(_another);
        if (another && file is null)
        {
            throw new UsageException("--another-model takes the artefact that --model names: give it");
        }

        var postgres = arguments.GetValue(_postgres) ?? Environment.GetEnvironmentVariable(PostgresVariable);
        return new ArtefactPlaces(file, arguments.GetValue(_folder), string.IsNullOrWhiteSpace(postgres) ? null : postgres, another);
    }
}
