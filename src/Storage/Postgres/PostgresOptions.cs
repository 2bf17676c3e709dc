using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Storage.Postgres;

/// <summary>Options of the PostgreSQL store.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// Connection string, such as <c>Host=db;Port=5432;Database=btcagent;Username=btcagent;Password=…</c>. Contains a secret:
    /// never log it. Required.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "";
}
