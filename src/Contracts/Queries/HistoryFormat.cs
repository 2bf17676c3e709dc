namespace BtcAgent.Contracts.Queries;

/// <summary>Formats of a page of history.</summary>
public enum HistoryFormat
{
    Json = 0,
    Csv = 1,
    Parquet = 2,
}
