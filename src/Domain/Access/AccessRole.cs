using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Access;

/// <summary>Roles of callers. Each role includes the rights of the ones before it. The values are stored.</summary>
public enum AccessRole : byte
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer = 1,

    /// <summary>Also stops trading, places and cancels orders, and registers models.</summary>
    [JsonStringEnumMemberName("trader")]
    Trader = 2,

    /// <summary>Also starts trading, changes limits and moves models, and reads the audit.</summary>
    [JsonStringEnumMemberName("risk-manager")]
    RiskManager = 3,

    /// <summary>Also issues and revokes keys, and ends sessions.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin = 4,
}
