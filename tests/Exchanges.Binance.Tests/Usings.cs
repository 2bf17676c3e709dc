global using BtcAgent.Domain;
global using BtcAgent.Domain.MarketData;
global using BtcAgent.Exchanges.Binance.Frames;
global using BtcAgent.Exchanges.Binance.Tapes;
global using BtcAgent.Testing;
