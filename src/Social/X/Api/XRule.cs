namespace BtcAgent.Social.X.Api;

/// <summary>A rule of the filtered stream.</summary>
/// <param name="Id">X's id; empty before X has it.</param>
/// <param name="Tag">Name of the rule; empty where X has none.</param>
/// <param name="Value">The query.</param>
internal sealed record XRule(string Id, string Tag, string Value);
