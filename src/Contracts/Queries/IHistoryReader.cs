namespace BtcAgent.Contracts.Queries;

/// <summary>Reads the stored history, page by page.</summary>
public interface IHistoryReader
{
    /// <exception cref="HistoryRequestException">The request has an unknown cursor or a filter that the data set lacks.</exception>
    /// <exception cref="IOException">The history cannot be read; the message says why.</exception>
    Task<HistoryPage> ReadAsync(HistoryRequest request, CancellationToken cancellationToken);
}
