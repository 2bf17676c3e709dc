using System.IO.Hashing;
using System.Text;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// Checks whether the state continues from the journal's record. The state commits first and the journal records the mark
/// afterwards, so a kill can leave the state ahead of the journal, but never behind. The journal records a state before its
/// first commit, so a state with commits but without a record has lost its journal.
/// </summary>
public static class StateContinuity
{
    /// <param name="stored">The mark in the state; null when it is new.</param>
    /// <param name="rows">Digest of its current rows.</param>
    /// <param name="seen">The journal's last record; null when there is none.</param>
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

    /// <summary>Returns the code that accepts exactly this doubt; each doubt has a different code.</summary>
    public static string CodeOf(StateDoubt doubt, StateMark? stored, long rows, StateMark? seen)
    {
        var text = $"{stored?.Id}/{stored?.Generation}/{rows}/{seen?.Id}/{seen?.Generation}/{seen?.Digest}";
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text));
        return $"{doubt.ToString().ToLowerInvariant()}-{hash & 0xffffff:x6}";
    }

    /// <summary>Returns one line with the problem and the remedy.</summary>
    public static string Explain(StateDoubt doubt, string path, StateMark? stored, StateMark? seen, string code)
    {
        var what = doubt switch
        {
            StateDoubt.Missing => $"'{path}' is missing, but the journal beside it recorded {seen!.Generation} commits of it",
            StateDoubt.Older => $"'{path}' is older than the journal beside it: commit {stored!.Generation} of {seen!.Generation}",
            StateDoubt.NoJournal => $"the journal beside '{path}' is missing, with the record of its {stored!.Generation} commits and all decisions",
            StateDoubt.Another => $"'{path}' is not the state that the journal beside it belongs to",
            _ => $"'{path}' was changed by a program other than the agent",
        };
        return $"{what}: restore the right file, move the whole data folder away for a fresh start, or accept it with --accept-state {code}: "
            + "cash, positions, orders and halts that it lacks are then lost, and every portfolio starts halted";
    }
}
