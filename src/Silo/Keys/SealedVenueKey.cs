namespace BtcAgent.Silo.Keys;

/// <summary>A venue's key at rest, without key material.</summary>
/// <param name="Venue">The venue, such as <c>binance-live</c>.</param>
/// <param name="Name">The operator's name for it.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="SealedAt">When it was encrypted, UTC.</param>
/// <param name="KeyId">Id of the key-encryption key.</param>
/// <param name="File">Its file.</param>
public sealed record SealedVenueKey(string Venue, string Name, string Algorithm, DateTimeOffset SealedAt, string KeyId, string File);
