using System.Collections.Immutable;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Client.Api;

/// <summary>One portfolio with its risk state; the equity curve on request, oldest first.</summary>
public sealed record PortfolioView(PortfolioSnapshot Portfolio, RiskStatus Risk, ImmutableArray<EquityPoint>? EquityCurve);
