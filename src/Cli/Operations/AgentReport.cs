using BtcAgent.Client.Api;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Cli.Operations;

/// <summary>An agent at a glance.</summary>
/// <param name="Problems">Problems for an operator, the most urgent first; empty when all is well.</param>
/// <param name="Status">The agent's status.</param>
/// <param name="Portfolios">Its portfolios.</param>
internal sealed record AgentReport(IReadOnlyList<string> Problems, AgentStatus Status, IReadOnlyList<PortfolioSnapshot> Portfolios);
