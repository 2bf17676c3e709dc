namespace BtcAgent.Client.Access;

/// <summary>Metadata of a gRPC method that changes nothing, although gRPC calls every method by POST.</summary>
internal sealed class RpcRead
{
    public static readonly RpcRead Instance = new();

    private RpcRead()
    {
    }
}
