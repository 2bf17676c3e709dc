using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Who counts as one sender: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one address of
/// such a network usually has all of them.
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
    /// One of a fixed number of places, so that a table of senders never grows. Who shares a place cannot be chosen from
    /// outside: the hash is seeded at the start of the process.
    /// </summary>
    public int PlaceIn(int places) => (int)((uint)HashCode.Combine(Bits, IsV6) % (uint)places);
}
