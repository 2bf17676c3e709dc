using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Access;

namespace BtcAgent.Cli.Keys;

/// <summary>Issues a key.</summary>
internal sealed class KeyCreateCommand : OperatorCommand
{
    private readonly Argument<string> _name = new("name") { Description = "name of its holder, with which its commands are recorded" };
    private readonly Option<string> _role = new("--role") { Description = "viewer, trader, risk-manager or admin", Required = true, HelpName = "ROLE" };

    private readonly Option<string[]> _portfolios = new("--portfolio", "-p")
    {
        Description = "only for this portfolio; may be repeated; default all",
        HelpName = "ID",
    };

    private readonly Option<string[]> _verbs = new("--verb") { Description = "only this command of the role; may be repeated; default all", HelpName = "NAME" };
    private readonly Option<int> _days = new("--days") { Description = "days until it ends", DefaultValueFactory = _ => 365, HelpName = "N" };
    private readonly KeySecret _secret = new();

    public KeyCreateCommand()
        : base(
            "create",
            "Issues a key. Its secret is shown only now.",
            "btcagent keys create anna --role trader --portfolio main --out anna.key --reason \"joins the desk\"",
            prompt: null)
    {
        Arguments.Add(_name);
        Options.Add(_role);
        Options.Add(_portfolios);
        Options.Add(_verbs);
        Options.Add(_days);
        _secret.AddTo(this);
        _role.Validators.Add(result =>
        {
            if (AccessRoles.Find(result.GetValueOrDefault<string>() ?? "") is null)
            {
                result.AddError("--role is viewer, trader, risk-manager or admin");
            }
        });
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var issued = await agent.SendAsync<IssuedKey>(
            HttpMethod.Post,
            "keys",
            new KeyRequest(
                arguments.GetValue(_name),
                AccessRoles.Find(arguments.GetValue(_role)!),
                Reason,
                arguments.GetValue(_portfolios) is { Length: > 0 } portfolios ? portfolios : null,
                arguments.GetValue(_verbs) is { Length: > 0 } verbs ? verbs : null,
                arguments.GetValue(_days)),
            cancellationToken);
        return _secret.Hand(issued, arguments, output);
    }
}
