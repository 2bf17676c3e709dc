namespace BtcAgent.Silo.Tests.Hosting.Tls;

/// <summary>Says on which silo it was placed.</summary>
public interface ILocationGrain : IGrainWithIntegerKey
{
    Task<string> FindAsync();
}

internal sealed class LocationGrain(ILocalSiloDetails silo) : Grain, ILocationGrain
{
    public Task<string> FindAsync() => Task.FromResult(silo.SiloAddress.ToString());
}
