namespace BtcAgent.Social.Scoring;

/// <summary>The state of a <see cref="ToneDesk"/>.</summary>
/// <param name="Scored">Texts that the scorer gave a tone.</param>
/// <param name="FellBack">Texts that have the tone of the fallback.</param>
/// <param name="Failures">Failures and time-outs of the scorer in a row.</param>
/// <param name="Problem">The last problem; null after a success.</param>
/// <param name="PausedUntil">Until when the fallback is used alone; null otherwise.</param>
public sealed record ToneDeskStatus(long Scored, long FellBack, int Failures, string? Problem, DateTimeOffset? PausedUntil);
