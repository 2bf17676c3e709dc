using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Trading;

/// <summary>One strategy of a <see cref="TradingLoop"/>; lanes of one portfolio share its three engines.</summary>
public sealed record TradingLane(SignalEngine Signals, RiskEngine Risk, PaperExecution Execution, PortfolioLedger Ledger);
