using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;

namespace BtcAgent.Silo.Doctor;

/// <summary>Every key of every source: known, of the right type, in its range; and all of them together, as at a start.</summary>
internal sealed class SettingsExamination : IExamination
{
    public string Name => "settings";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        const string Remedy = "correct it; the agent refuses to start with it";
        var problems = SettingsCheck.Problems(agent.Configuration, agent.Settings.Overrides.Select(pair => pair.Key));
        if (problems.Count > 0)
        {
            return [.. problems.Select(problem => Finding.Problem(Name, problem, Remedy))];
        }

        try
        {
            if (agent.Settings.Role != NodeRole.Migrate)
            {
                await AgentHost.CheckSettingsAsync(agent.Settings, agent.Folder);
            }

            return [Finding.Ok(Name, $"an agent with the role {Lower(agent.Settings.Role)} at {agent.Settings.Venue} starts with them")];
        }
        catch (Exception e) when (StartupProblems.Explain(e) is { } explanation)
        {
            return [Finding.Problem(Name, explanation, Remedy)];
        }
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
