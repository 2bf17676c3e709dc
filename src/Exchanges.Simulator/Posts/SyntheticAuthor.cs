namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>An invented author.</summary>
/// <param name="Id">A number as text.</param>
/// <param name="Name">Invented, such as <c>synthetic_12</c>.</param>
/// <param name="Since">Begin of the account.</param>
/// <param name="Followers">0 or more.</param>
/// <param name="Posts">Posts over the account's life.</param>
public sealed record SyntheticAuthor(string Id, string Name, DateTimeOffset Since, int Followers, int Posts);
