global using BtcAgent.Domain;
global using BtcAgent.Domain.MarketData;
