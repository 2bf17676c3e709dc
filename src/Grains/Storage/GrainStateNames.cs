namespace BtcAgent.Grains.Storage;

/// <summary>Name of the grain storage provider and the state name of each persistent grain; never reused.</summary>
public static class GrainStateNames
{
    public const string Provider = "state";

    public const string Instrument = "instrument";
    public const string Feature = "feature";
    public const string FeedLease = "feed-lease";
    public const string Risk = "risk";
    public const string Execution = "execution";
    public const string Portfolio = "portfolio";
    public const string TradingControl = "trading-control";
    public const string Signal = "signal";
    public const string Model = "model";
    public const string ModelRegistry = "model-registry";
    public const string Access = "access";
    public const string AuditPage = "audit-page";
    public const string AuditMark = "audit-mark";
    public const string Confirmations = "confirmations";
    public const string CommandRecords = "command-records";
    public const string Experiments = "experiments";
    public const string Optimizer = "optimizer";
    public const string SocialStore = "social-store";
    public const string PostInbox = "post-inbox";
}
