using BtcAgent.History.Audit;

namespace BtcAgent.Silo.Doctor;

/// <summary>The chain of the audit in the data folder, and the record of its last entry.</summary>
internal sealed class AuditExamination : IExamination
{
    private const string Remedy = "compare it with a copy; the agent continues the chain, so that 'btcagent audit verify' always finds the place";

    public string Name => "audit";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(agent.DataFolder, AuditFiles.FolderName);
        if (!agent.IsAlone || !Directory.Exists(folder))
        {
            return [];
        }

        var verified = await Task.Run(() => AuditFiles.Verify(folder, _ => { }, cancellationToken), cancellationToken);
        if (AuditFiles.ReadHead(folder) is null)
        {
            return [Finding.Problem(Name, $"the record of the last entry in '{folder}' is missing or damaged: entries may be missing after {verified.Last.Sequence}", Remedy)];
        }

        return
        [
            verified.FaultCount == 0
                ? Finding.Ok(Name, $"{verified.Entries} entries of the audit are one chain")
                : Finding.Problem(Name, $"{verified.FaultCount} faults of the audit, the first in {verified.Faults[0].Day}: {verified.Faults[0].Problem}", Remedy),
        ];
    }
}
