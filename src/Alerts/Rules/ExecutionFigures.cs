using BtcAgent.Domain.Execution.Desk;

namespace BtcAgent.Alerts.Rules;

/// <summary>The orders of a portfolio on an instrument; the status is null when it could not be read.</summary>
public sealed record ExecutionFigures(string Portfolio, string Instrument, ExecutionStatus? Status);
