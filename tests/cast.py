"""The people every test knows: 小张 employee, 李经理 manager, 王HRBP, 陈总 executive, 外人 a stranger in another line."""
