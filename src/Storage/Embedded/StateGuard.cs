using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Storage.Embedded;

/// <summary>Refuses to start with a state that does not continue from the journal's record.</summary>
public sealed partial class StateGuard
{
    /// <exception cref="EmbeddedStoreException">
    /// The state is missing, older, different or edited, and was not accepted.
    /// </exception>
    public StateGuard(DataFolder folder, StateStore state, Journal journal, EmbeddedStoreOptions options, TimeProvider time, ILogger<StateGuard> logger)
    {
        var (found, rows, seen) = (state.Found, state.FoundRows, journal.Seen);
        var doubt = StateContinuity.Judge(found, rows, seen);
        try
        {
            if (doubt == StateDoubt.None)
            {
                state.Begin(found is { Id.Length: > 0 } ? found.Id : NewId(), found?.Generation ?? 0);
            }
            else
            {
                Accept(folder, state, journal, options.AcceptState, time, doubt);
                LogAccepted(logger, doubt, folder.StatePath);
            }

            journal.Follow(state);
        }
        catch (SqliteException error)
        {
            throw SqliteFile.Explain(error, folder.StatePath);
        }
    }

    /// <summary>
    /// Stores the halt before the state is finally accepted, so that the next start completes an unfinished halt.
    /// </summary>
    private static void Accept(DataFolder folder, StateStore state, Journal journal, string? accepted, TimeProvider time, StateDoubt doubt)
    {
        var (found, rows, seen) = (state.Found, state.FoundRows, journal.Seen);
        var code = StateContinuity.CodeOf(doubt, found, rows, seen);
        if (accepted != code)
        {
            throw new EmbeddedStoreException(StateContinuity.Explain(doubt, folder.StatePath, found, seen, code));
        }

        state.Begin(NewId(), Math.Max(found?.Generation ?? 0, seen?.Generation ?? 0));
        var act = $"state accepted: {doubt}, commit {found?.Generation ?? 0} where {seen?.Generation ?? 0} was known ({code})";
        journal.Accept(state.Mark, act, $"the state was accepted without changes ({code}): compare cash, positions and orders, then resume", time.GetUtcNow());
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    [LoggerMessage(EventId = 1020, Level = LogLevel.Warning, Message = "{Doubt} state {Path} was accepted by an operator: every portfolio starts halted")]
    private static partial void LogAccepted(ILogger logger, StateDoubt doubt, string path);
}
