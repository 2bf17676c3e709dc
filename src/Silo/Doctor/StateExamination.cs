using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Doctor;

/// <summary>State, ledger and journal in the data folder: undamaged, and of one agent.</summary>
internal sealed class StateExamination : IExamination
{
    public string Name => "state";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var (state, journal) = (Path.Combine(agent.DataFolder, "state.db"), Path.Combine(agent.DataFolder, "journal.db"));
        if (!agent.IsAlone || (!File.Exists(state) && !File.Exists(journal)))
        {
            return [];
        }

        if (!File.Exists(state) || !File.Exists(journal))
        {
            return [Finding.Problem(Name, $"'{(File.Exists(state) ? journal : state)}' is missing", "restore a backup with 'btcagent backup restore'")];
        }

        try
        {
            var (commits, decisions) = await Task.Run(() => StateInspection.Check(agent.DataFolder), cancellationToken);
            return [Finding.Ok(Name, $"state after {commits} commits and journal of {decisions} decisions are undamaged and belong together")];
        }
        catch (EmbeddedStoreException e)
        {
            return [Finding.Problem(Name, e.Message, "restore a backup with 'btcagent backup restore'; 'btcagent backup list' lists them")];
        }
    }
}
