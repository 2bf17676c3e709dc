using BtcAgent.Silo.Scorers;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Training;

namespace BtcAgent.Silo.Roles;

/// <summary>The processes that the agent starts with a folder, without a host.</summary>
internal static class ChildRoles
{
    /// <returns>An exit code.</returns>
    public static Task<int> RunAsync(AgentSettings settings, string folder, CancellationToken cancellationToken) => settings.Role == NodeRole.Scorer
        ? Task.FromResult(ScorerRole.Run(folder, settings, Console.OpenStandardInput(), Console.OpenStandardOutput()))
        : TrainerRole.RunAsync(folder, cancellationToken);
}
