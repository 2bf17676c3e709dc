using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;

return new AgentCommand().Invoke(args, AgentHost.RunAsync);
