using BtcAgent.Contracts.Settings;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Spaces;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>Reads and checks <see cref="SearchOptions.SpaceFile"/> at the start: each job then contains its space.</summary>
internal sealed class SearchSpaceFile : IPostConfigureOptions<RetrainingOptions>, IValidateOptions<RetrainingOptions>
{
    /// <summary>Longer files are not search spaces; each kept job has a copy of it.</summary>
    private const int LengthMax = 65_536;

    public void PostConfigure(string? name, RetrainingOptions options)
    {
        if (Read(options.Search.SpaceFile) is { Space: { } space })
        {
            options.Search.TakeSpace(space.ToJson());
        }
    }

    public ValidateOptionsResult Validate(string? name, RetrainingOptions options) => Read(options.Search.SpaceFile).Problem is { } problem
        ? ValidateOptionsResult.Fail($"{RetrainingOptions.Section}:Search:SpaceFile: {problem}; print a space to change with 'btcagent optimize --print-space'")
        : ValidateOptionsResult.Success;

    private static (SearchSpace? Space, string? Problem) Read(string path)
    {
        if (path.Length == 0)
        {
            return (null, null);
        }

        try
        {
            if (Directory.Exists(path))
            {
                return (null, $"'{path}' is a folder");
            }

            if (new FileInfo(path).Length > LengthMax)
            {
                return (null, $"'{path}' has more than {LengthMax} bytes");
            }

            var space = SearchSpace.Parse(File.ReadAllText(path));
            ForestSettings.Check(space);
            return (space, null);
        }
        catch (Exception e) when (e is SearchSpaceException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message.TrimEnd('.'));
        }
    }
}
