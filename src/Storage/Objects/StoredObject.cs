namespace BtcAgent.Storage.Objects;

/// <summary>Description of a stored object.</summary>
/// <param name="Key">Key of the object.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of its last write, by the clock of the server or machine that stores it.</param>
/// <param name="ETag">Changes with the content; null in a folder's list, where it would require reading every file.</param>
public sealed record StoredObject(string Key, long Size, DateTimeOffset Modified, string? ETag);
