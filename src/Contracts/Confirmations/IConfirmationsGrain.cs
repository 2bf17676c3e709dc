using BtcAgent.Domain.Access;
using BtcAgent.Domain.Confirmations;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Confirmations;

/// <summary>Key: <see cref="Key"/>, the only one. Commands that wait for a second person.</summary>
[Alias("IConfirmationsGrain")]
public interface IConfirmationsGrain : IGrainWithStringKey
{
    const string Key = "confirmations";

    [Alias("GetInbox"), AlwaysInterleave]
    Task<ConfirmationInbox> GetInbox();

    /// <summary>Stores a request before it returns.</summary>
    [Alias("Request")]
    Task<ConfirmationAnswer> Request(Confirmation wanted);

    /// <summary>Confirms, and stores that before it returns: only one caller ever gets the answer to carry the command out.</summary>
    [Alias("Confirm")]
    Task<ConfirmationAnswer> Confirm(string id, string by, AccessRole role);

    [Alias("Refuse")]
    Task<ConfirmationAnswer> Refuse(string id, string by, string reason);

    /// <summary>Records what became of a confirmed command.</summary>
    [Alias("Finish")]
    Task<ConfirmationAnswer> Finish(string id, bool isDone, string result);
}
