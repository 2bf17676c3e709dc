namespace BtcAgent.Domain.Idempotency;

/// <summary>The answer to a command, as a repeat of the command gets it.</summary>
/// <param name="Status">Status of HTTP; of gRPC for its calls.</param>
/// <param name="ContentType">Media type of the body; null without a body.</param>
/// <param name="Body">The body as text; for gRPC its bytes in Base64.</param>
/// <param name="Location">Header <c>Location</c>; null for none.</param>
[GenerateSerializer, Immutable, Alias("CommandAnswer")]
public sealed record CommandAnswer(
    [property: Id(0)] int Status,
    [property: Id(1)] string? ContentType,
    [property: Id(2)] string Body,
    [property: Id(3)] string? Location = null);
