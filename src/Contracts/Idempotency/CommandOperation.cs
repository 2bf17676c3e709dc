namespace BtcAgent.Contracts.Idempotency;

/// <summary>
/// Id of the operator's command that a call carries out; null for a command without an idempotency key. It travels with the calls
/// from grain to grain, as Orleans' request context, so that each grain on the way can recognise a repeat.
/// </summary>
public static class CommandOperation
{
    private const string Key = "btcagent.operation";

    /// <summary>Read it before the first await of a method: calls that the method makes later carry it too.</summary>
    public static string? Current
    {
        get => RequestContext.Get(Key) as string;
        set
        {
            if (value is null)
            {
                RequestContext.Remove(Key);
            }
            else
            {
                RequestContext.Set(Key, value);
            }
        }
    }
}
