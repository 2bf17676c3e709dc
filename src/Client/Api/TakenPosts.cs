namespace BtcAgent.Client.Api;

/// <summary>Answer to offered posts.</summary>
/// <param name="Taken">Posts that are new; each counts once it is scored, within seconds.</param>
/// <param name="Repeated">Posts whose source and id were offered before: nothing was done.</param>
public sealed record TakenPosts(int Taken, int Repeated);
