"""The nouns of drafting: what catalog, pack and profile files hold, and the Plan that is resolved from them.

Words (English here, Chinese for drafters): group 行动, measure 举措, project 重点工程, safeguard 保障措施, lead 牵头,
support 配合, organ 责任单位, policy 依据, target 目标, parent plan 上级方案, letterhead 版头, issuer mark 发文机关标志,
document number 发文字号, addressee 主送机关, issue date 成文日期, imprint 版记, copy to 抄送, annex 附件, notice 印发通知.
"""
