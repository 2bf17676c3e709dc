using BtcAgent.History;
using BtcAgent.History.Log.Local;

namespace BtcAgent.Silo.Doctor;

/// <summary>The log of facts in the data folder: each record can be read.</summary>
internal sealed class FactLogExamination : IExamination
{
    private const int NamesShown = 3;

    public string Name => "facts";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var options = agent.Section<FactLogOptions>(FactLogOptions.Section);
        options.Folder = Path.Combine(agent.DataFolder, "facts");
        if (!agent.IsAlone || !agent.Section<HistoryOptions>(HistoryOptions.Section).Enabled || !Directory.Exists(options.Folder))
        {
            return [];
        }

        var (facts, damages) = await Task.Run(() => FactLogInspection.Check(options, cancellationToken), cancellationToken);
        return
        [
            damages.Count == 0
                ? Finding.Ok(Name, $"{facts} facts of the log can be read")
                : Finding.Problem(
                    Name,
                    $"{damages.Count} damages in the log of facts: {string.Join("; ", damages.Take(NamesShown))}",
                    "examine the disk; the agent continues behind the damage, and 'btcagent data list' shows as gaps what the history lost"),
        ];
    }
}
