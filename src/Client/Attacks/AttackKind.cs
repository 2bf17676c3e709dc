namespace BtcAgent.Client.Attacks;

/// <summary>Kinds of refused access.</summary>
internal enum AttackKind
{
    /// <summary>An invalid key, token or sign-in link.</summary>
    WrongKey,

    /// <summary>A cookie without a session: forged, expired, signed out, or from before a restart.</summary>
    UnknownSession,

    /// <summary>A cookie used by a page of another origin.</summary>
    ForeignOrigin,

    /// <summary>A host name that is not in <c>Gateway:AllowedHosts</c>.</summary>
    ForeignHost,

    /// <summary>Forwarded headers from an address that is not a configured proxy.</summary>
    ForwardedByStranger,

    /// <summary>More requests without a key than one address may send.</summary>
    AnonymousFlood,

    /// <summary>More requests than one key holder may send.</summary>
    IdentityFlood,

    /// <summary>More connections without a key than are kept; the oldest was closed.</summary>
    ConnectionFlood,

    /// <summary>A request whose line, headers or body is larger than allowed.</summary>
    OversizeRequest,

    /// <summary>Headers or a body that arrive too slowly.</summary>
    SlowRequest,

    /// <summary>Bytes that are not HTTP.</summary>
    UnreadableRequest,

    /// <summary>A compressed body, which the gateway does not read.</summary>
    EncodedBody,
}
