using System.IO.Hashing;
using System.Text;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Whether the state goes on where the journal saw it last. The state is committed first and noted by the journal after, so
/// a state that is ahead of the journal is what a kill leaves behind, and one that is behind is none. The journal notes a state before
/// its first commit, so a state with commits and without a note has lost its journal.
/// </summary>
public static class StateContinuity
{
    /// <param name="stored">As the state says of itself; null when it is new.</param>
    /// <param name="rows">Digest of its rows as they are.</param>
    /// <param name="seen">What the journal saw last; null when it has seen none.</param>
    public static StateDoubt Judge(StateMark? stored, long rows, StateMark? seen) => (stored, seen) switch
    {
        (null, null) => StateDoubt.None,
        (null, _) => StateDoubt.Missing,
        (_, _) when stored.Digest != rows => StateDoubt.Edited,
        (_, null) => stored.Generation > 0 && stored.Id.Length > 0 ? StateDoubt.NoJournal : StateDoubt.None,
        (_, _) when stored.Id != seen.Id => StateDoubt.Another,
        (_, _) when stored.Generation < seen.Generation => StateDoubt.Older,
        (_, _) when stored.Generation == seen.Generation && stored.Digest != seen.Digest => StateDoubt.Edited,
        _ => StateDoubt.None,
    };

    /// <summary>What an operator gives to accept just this doubt: another one has another code.</summary>
    public static string CodeOf(StateDoubt doubt, StateMark? stored, long rows, StateMark? seen)
    {
        var text = $"{stored?.Id}/{stored?.Generation}/{rows}/{seen?.Id}/{seen?.Generation}/{seen?.Digest}";
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text));
        return $"{doubt.ToString().ToLowerInvariant()}-{hash & 0xffffff:x6}";
    }

    /// <summary>One line: what is wrong, and how to go on.</summary>
    public static string Explain(StateDoubt doubt, string path, StateMark? stored, StateMark? seen, string code)
    {
        var what = doubt switch
        {
            StateDoubt.Missing => $"'{path}' is missing, but the journal beside it knows {seen!.Generation} commits of it",
            StateDoubt.Older => $"'{path}' is older than the journal beside it knows: commit {stored!.Generation} of {seen!.Generation}",
            StateDoubt.NoJournal => $"the journal beside '{path}' is missing, which noted its {stored!.Generation} commits and all decisions",
            StateDoubt.Another => $"'{path}' is not the state that the journal beside it belongs to",
            _ => $"'{path}' was changed by something else than the agent",
        };
        return $"{what}: put the right file back, move the whole data folder away to begin anew, or accept it with --accept-state {code}: "
            + "what it lacks of cash, positions, orders and halts is then lost, and every portfolio starts halted";
    }
}
