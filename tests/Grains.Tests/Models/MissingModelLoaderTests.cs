using BtcAgent.Domain.Models;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Grains.Tests.Models;

public sealed class MissingModelLoaderTests
{
    [Fact]
    public async Task Load_NoneRegistered_SaysWhatIsMissing()
    {
        var loader = Loader(services => services.AddTradingGrains());

        var refused = await Assert.ThrowsAsync<ModelRefusedException>(() => loader.LoadAsync(default, CancellationToken.None));

        Assert.Contains("no IModelLoader", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OneRegisteredBeforeOrAfter_IsTaken()
    {
        Assert.IsType<ScriptedModels>(Loader(s => s.AddSingleton<IModelLoader, ScriptedModels>().AddTradingGrains()));
        Assert.IsType<ScriptedModels>(Loader(s => s.AddTradingGrains().AddSingleton<IModelLoader, ScriptedModels>()));
    }

    private static IModelLoader Loader(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider().GetRequiredService<IModelLoader>();
    }
}
