using System.Collections.Immutable;

namespace BtcAgent.Client.Access;

/// <summary>Names of the commands, to which a key can be limited and by which the audit records them.</summary>
public static class CommandVerbs
{
    public const string Halt = "halt";
    public const string Flatten = "flatten";
    public const string Disarm = "disarm";
    public const string Resume = "resume";
    public const string Arm = "arm";
    public const string PlaceOrder = "place-order";
    public const string CancelOrder = "cancel-order";
    public const string AcceptBalances = "accept-balances";
    public const string ChangeLimit = "change-limit";
    public const string RegisterModel = "register-model";
    public const string MoveModel = "move-model";
    public const string BeginExperiment = "begin-experiment";
    public const string ConfirmExperiment = "confirm-experiment";
    public const string StopExperiment = "stop-experiment";
    public const string RunTraining = "run-training";
    public const string CancelTraining = "cancel-training";
    public const string CreateKey = "create-key";
    public const string RotateKey = "rotate-key";
    public const string RevokeKey = "revoke-key";
    public const string CloseSessions = "close-sessions";
    public const string AcknowledgeAlert = "acknowledge-alert";
    public const string TestAlerts = "test-alerts";
    public const string OfferPosts = "offer-posts";
    public const string Propose = "propose";
    public const string Confirm = "confirm";
    public const string RefuseConfirmation = "refuse-confirmation";

    /// <summary>Commands that a key can be limited to. Signing in and out is open to every key.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Halt, Flatten, Disarm, Resume, Arm, PlaceOrder, CancelOrder, AcceptBalances, ChangeLimit, RegisterModel, MoveModel,
        BeginExperiment, ConfirmExperiment, StopExperiment,
        RunTraining, CancelTraining,
        CreateKey, RotateKey, RevokeKey, CloseSessions, Propose, Confirm, RefuseConfirmation,
        AcknowledgeAlert, TestAlerts, OfferPosts,
    ];

    /// <summary>Opens a session.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Ends the caller's session.</summary>
    public const string SignOut = "sign-out";

    /// <summary>True for the commands that only reduce or end trading: they are never delayed by what others depend on.</summary>
    public static bool Stops(string verb) => verb is Halt or Flatten or Disarm or CancelOrder;
}
