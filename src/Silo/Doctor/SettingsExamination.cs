using BtcAgent.Silo.Settings.Checks;

namespace BtcAgent.Silo.Doctor;

/// <summary>Every key of every source: known, of the right type, in its range.</summary>
internal sealed class SettingsExamination : IExamination
{
    public string Name => "settings";

    public Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var problems = SettingsCheck.Problems(agent.Configuration, agent.Settings.Overrides.Select(pair => pair.Key));
        return Task.FromResult<IReadOnlyList<Finding>>(problems.Count == 0
            ? [Finding.Ok(Name, $"known, of the right type, in range; role {Lower(agent.Settings.Role)}, venue {agent.Settings.Venue}")]
            : [.. problems.Select(problem => Finding.Problem(Name, problem, "correct it; the agent refuses to start with it"))]);
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
