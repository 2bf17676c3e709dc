using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Alerts.Rules;

/// <summary>A portfolio's breaker and trades.</summary>
/// <param name="Portfolio">Name of the portfolio.</param>
/// <param name="Breaker">Its breaker; null when it could not be read.</param>
/// <param name="Tripped">Codes of the tripped breakers on the agent's health.</param>
/// <param name="Trades">Its trades; null when they could not be read.</param>
/// <param name="IsOfCanaries">True if only canaries trade in it: it may rest for months.</param>
public sealed record PortfolioFigures(
    string Portfolio, BreakerState? Breaker, ImmutableArray<string> Tripped, TradeFigures? Trades, bool IsOfCanaries = false);
