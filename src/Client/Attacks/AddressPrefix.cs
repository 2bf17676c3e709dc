using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Identifies one sender: an IPv4 address, or the first 64 bits of an IPv6 address, since the owner of one address in such a
/// network usually owns all of them.
/// </summary>
internal readonly record struct AddressPrefix(ulong Bits, bool IsV6)
{
    public static AddressPrefix Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new AddressPrefix(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsV6: false)
            : new AddressPrefix(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsV6: true);
    }

    /// <summary>
    /// Maps the sender to one of a fixed number of slots, so that a table of senders never grows. An attacker cannot choose a
    /// slot, because the hash is seeded at the start of the process.
    /// </summary>
    public int PlaceIn(int places) => (int)((uint)HashCode.Combine(Bits, IsV6) % (uint)places);
}
