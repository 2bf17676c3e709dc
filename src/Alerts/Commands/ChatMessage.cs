namespace BtcAgent.Alerts.Commands;

/// <summary>A message in a chat.</summary>
/// <param name="Number">Number of the update, ascending.</param>
/// <param name="ChatId">Id of the chat.</param>
/// <param name="UserId">Id of the person; 0 for none, as in a channel.</param>
/// <param name="SentAt">When it was sent, by the server's clock.</param>
/// <param name="Text">Its text; empty for others than texts.</param>
internal sealed record ChatMessage(long Number, string ChatId, long UserId, DateTimeOffset SentAt, string Text);
