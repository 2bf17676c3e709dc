using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Confirmations;

/// <summary>Commands that wait for a second person, and the last decided ones.</summary>
internal sealed record ConfirmationList(IReadOnlyList<ConfirmationView> Confirmations);
