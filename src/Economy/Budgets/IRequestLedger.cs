namespace BtcAgent.Economy.Budgets;

/// <summary>Where spent requests are kept, so that a restart does not spend them again.</summary>
public interface IRequestLedger
{
    /// <summary>Reads what was spent.</summary>
    Task<RequestSpend> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Stores it; completes when it is stored.</summary>
    Task SaveAsync(RequestSpend spend, CancellationToken cancellationToken);
}
