using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Grains.Execution;

/// <summary>Operations that a <see cref="PositionCloser"/> requires of the desk whose position it closes.</summary>
internal interface IClosingDesk
{
    /// <summary>Orders that are not cleared yet and might open the position again; null when all are cleared.</summary>
    string? Unclear { get; }

    /// <summary>Returns the books, and why they may lack a known fill; null when they contain all.</summary>
    Task<(PortfolioSnapshot Books, string? WhyStale)> ReadBooksAsync();

    /// <summary>
    /// Returns another order that might close the position, or null when a closing order may be sent.
    /// </summary>
    string? WhyNotClose(Side side);

    /// <summary>Event time of a closing order.</summary>
    Timestamp EventTimeOf(PortfolioSnapshot books);

    /// <summary>Submits an order that a halt does not stop, but the end of its flatten does.</summary>
    Task<Order> SubmitClosingAsync(OrderIntent intent, SendTerms terms);
}
