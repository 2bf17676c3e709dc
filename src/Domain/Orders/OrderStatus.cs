namespace BtcAgent.Domain.Orders;

/// <summary>State of an order. <c>OrderTransitions</c> has the legal transitions.</summary>
public enum OrderStatus : byte
{
    /// <summary>The intent is stored; nothing has been sent.</summary>
    Initialized = 1,

    /// <summary>Refused by us before sending.</summary>
    Denied = 2,

    /// <summary>Sent; the venue has not answered.</summary>
    Submitted = 3,
    Accepted = 4,

    /// <summary>Rejected by the venue.</summary>
    Rejected = 5,
    PendingUpdate = 6,
    PendingCancel = 7,
    PartiallyFilled = 8,
    Filled = 9,
    Canceled = 10,
    Expired = 11,

    /// <summary>A stop's trigger price was reached.</summary>
    Triggered = 12,

    /// <summary>Held by us until its condition is met.</summary>
    Emulated = 13,

    /// <summary>No longer held by us; about to be sent.</summary>
    Released = 14,

    /// <summary>A venue status that this agent does not know; occurs only in a <see cref="VenueOrder"/>.</summary>
    Unclear = 15,
}
