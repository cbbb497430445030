/** Pure. What kind of house a network is: who sells advertisements renews in May, who sells subscriptions when it likes. */
import { networkKey } from './rates'

export const NETWORK_CLASSES = [
  'streamer',
  'premium',
  'us-broadcast',
  'cable',
  'public',
  'asian',
  'web',
] as const
export type NetworkClass = (typeof NETWORK_CLASSES)[number]

const MEMBERS: Record<NetworkClass, string> = {
  streamer:
    'netflix,amazon,hulu,disney+,appletv+,cbsallaccess,paramount+,peacock,hbomax,max,crackle,acorn,stanau,tving,wavve,coupangplay,viu,viki,wetv,iqiyi,youku,tencentvideo,mangotv,sohutv,letv,bilibili,crunchyroll,youtubepremium,uneext,unext,abema,hoichoi,shudder,britbox',
  premium: 'hbo,showtime,starz,cinemax,epix,mgm+,canal+,sky,skyatlantic,skyone,wowow,directv',
  'us-broadcast': 'abc,cbs,nbc,fox,cw,wb,upn,pbs,cbcca,ctvca,globaltv,citytv,abcau,seven,nine,ten',
  cable:
    'syfy,fx,fxx,tnt,usa,abcfamily,freeform,amc,bravo,historychannel,sundancetv,tvland,tbs,lifetime,hallmarkchannel,ae,ifc,vh1,mtv,own,comedycentral,disneychannel,disneyxd,nickelodeon,cartoonnetwork,adultswim,nationalgeographic,discovery,paramountnetworkus,spike,spiketv,wgnamerica,cmt,bet,e,logotv,bbcamerica,spaceca,chiller,tlc,foodnetwork,hgtv,ocn,tvn,jtbc,mnet,channela,tvchosun,mbn,ena',
  public: 'bbc1,bbc2,bbc3,bbc4,itv,itv2,channel4,e4,channel5,rte1,nhk,zdf,ard,svt,dr1,nrk,france2,tf1,rai1',
  asian:
    'fujitv,tbsjp,tvasahi,tvtokyo,ntv,htb,mbs,tokyomx,atx,nhkg,kbs1,kbs2,sbs,mbc,hunantv,dragontv,jiangsutv,zhejiangtv,beijingtv,cctv,channel3,channel7,channel9,gmm25,one31,ttv,ctv,ctvtw,settv,gtv,abs-cbn,gma,tvb',
  web: 'navertvcast,vlive,navertvcastvlive,daumkakaotv,kakaotv,linetv,youtube,gagaoolala,aisplay,webtv',
}

const CLASS_OF = new Map(
  NETWORK_CLASSES.flatMap((name) => MEMBERS[name].split(',').map((network) => [network, name] as const)),
)

/** The class of a network; null where it is not known. Of several named together the first known counts. */
export function networkClass(network: string | null): NetworkClass | null {
  if (!network) return null
  const whole = CLASS_OF.get(networkKey(network))
  if (whole) return whole
  const words = network.split(/\s+/)
  for (let length = words.length - 1; length > 0; length--) {
    const found = CLASS_OF.get(networkKey(words.slice(0, length).join(' ')))
    if (found) return found
  }
  return null
}
