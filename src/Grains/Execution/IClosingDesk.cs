using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Execution;

/// <summary>What a <see cref="PositionCloser"/> asks of the desk whose position it closes.</summary>
internal interface IClosingDesk
{
    /// <summary>What is not cleared yet, and might open the position again; null when all is.</summary>
    string? Unclear { get; }

    /// <summary>The books, and why they may lack a fill that is known; null when they have them all.</summary>
    Task<(PortfolioSnapshot Books, string? WhyStale)> ReadBooksAsync();

    /// <summary>Null when an order that closes the position may be sent; else what might close it too.</summary>
    string? WhyNotClose(Side side);

    /// <summary>Event time of a closing order.</summary>
    Timestamp EventTimeOf(PortfolioSnapshot books);

    /// <summary>Submits an order that passes a halt, but not the end of its flatten.</summary>
    Task<Order> SubmitClosingAsync(OrderIntent intent, SendTerms terms);
}
