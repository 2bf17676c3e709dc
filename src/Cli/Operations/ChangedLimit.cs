namespace BtcAgent.Cli.Operations;

/// <summary>A limit that was changed.</summary>
/// <param name="Portfolio">Id of the portfolio.</param>
/// <param name="Name">Name of the limit.</param>
/// <param name="From">Value before; null for none.</param>
/// <param name="To">Value in force now.</param>
/// <param name="Reason">The operator's reason.</param>
internal sealed record ChangedLimit(string Portfolio, string Name, decimal? From, decimal To, string Reason);
