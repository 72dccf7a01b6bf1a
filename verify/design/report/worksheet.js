document.getElementById('save').onclick=()=>{
 const by=document.getElementById('by').value.trim(),day=document.getElementById('day').value;
 let out='',bad=!by||!day;
 for(const row of document.querySelectorAll('[data-line]')){
  const tick=row.querySelector('input:checked');if(!tick)continue;
  const line=JSON.parse(row.dataset.line),remark=row.querySelector('.remark').value.trim();
  if(!remark&&tick.value!=='seen')bad=true;
  out+='[[decision]]\nrule = '+JSON.stringify(line.rule)+'\nverdict = '+JSON.stringify(tick.value)+'\n';
  if(line.text)out+='text = '+JSON.stringify(line.text)+'\n';
  if(line.page)out+='page = '+line.page+'\n';
  if(!line.text&&line.box.length)out+='box = ['+line.box.map(v=>v.toFixed(2)).join(', ')+']\n';
  out+='reason = '+JSON.stringify(remark||seen)+'\nby = '+JSON.stringify(by)+'\ndate = '+day+'\nsha256 = '+JSON.stringify(digest)+'\n\n';
 }
 if(bad){alert(missing);return}
 const link=document.createElement('a');
 link.href=URL.createObjectURL(new Blob([out],{type:'application/toml'}));link.download=file;link.click();
};
