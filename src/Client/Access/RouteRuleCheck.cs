using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Client.Access;

/// <summary>Refuses the start of a gateway that has an endpoint without a rule, before it accepts connections.</summary>
internal sealed class RouteRuleCheck : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        RouteTable.Of(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
    };
}
