namespace BtcAgent.Client.Attacks;

/// <summary>What an outsider tried.</summary>
internal enum AttackKind
{
    /// <summary>A key, token or sign-in link that is not ours.</summary>
    WrongKey,

    /// <summary>A cookie of no session: forged, expired, signed out, or from before a restart.</summary>
    UnknownSession,

    /// <summary>A cookie used by a page of another origin.</summary>
    ForeignOrigin,

    /// <summary>A host name that is not in <c>Gateway:AllowedHosts</c>.</summary>
    ForeignHost,

    /// <summary>Forwarded headers from an address that is not a configured proxy.</summary>
    ForwardedByStranger,

    /// <summary>More requests without a key than one address may send.</summary>
    AnonymousFlood,

    /// <summary>More requests than one holder of a key may send.</summary>
    IdentityFlood,

    /// <summary>More connections without a key than are kept; the oldest was closed.</summary>
    ConnectionFlood,

    /// <summary>A request whose line, headers or body is larger than allowed.</summary>
    OversizeRequest,

    /// <summary>Headers or a body that arrive too slowly.</summary>
    SlowRequest,

    /// <summary>Bytes that are not HTTP.</summary>
    UnreadableRequest,

    /// <summary>A compressed body where none is read.</summary>
    EncodedBody,
}
